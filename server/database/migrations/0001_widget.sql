CREATE TABLE "parlour"."article" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"source" text NOT NULL,
	"body" jsonb NOT NULL,
	"plain_text" text NOT NULL,
	"language" text NOT NULL,
	"category_id" uuid,
	"status" text NOT NULL,
	"author_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"published_at" timestamp with time zone,
	"search" "tsvector" GENERATED ALWAYS AS ((case split_part(language, '-', 1) when 'ar' then setweight(to_tsvector('arabic', title), 'A') || setweight(to_tsvector('arabic', plain_text), 'C') when 'de' then setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', plain_text), 'C') when 'en' then setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', plain_text), 'C') when 'es' then setweight(to_tsvector('spanish', title), 'A') || setweight(to_tsvector('spanish', plain_text), 'C') when 'fr' then setweight(to_tsvector('french', title), 'A') || setweight(to_tsvector('french', plain_text), 'C') when 'it' then setweight(to_tsvector('italian', title), 'A') || setweight(to_tsvector('italian', plain_text), 'C') when 'nl' then setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', plain_text), 'C') when 'pt' then setweight(to_tsvector('portuguese', title), 'A') || setweight(to_tsvector('portuguese', plain_text), 'C') when 'tr' then setweight(to_tsvector('turkish', title), 'A') || setweight(to_tsvector('turkish', plain_text), 'C') else ''::tsvector end) || setweight(to_tsvector('simple', title), 'B') || setweight(to_tsvector('simple', plain_text), 'D')) STORED,
	CONSTRAINT "article_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."article_category" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "article_category_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."attachment" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"uploader" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"stored_as" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"uploaded_at" timestamp with time zone,
	"conversation_id" uuid,
	"part_id" uuid,
	"public" boolean DEFAULT false NOT NULL,
	CONSTRAINT "attachment_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "claimed_email" text;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "claimed_phone" text;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "lifecycle" text DEFAULT 'visitor' NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "properties" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "consent" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."conversation" ADD COLUMN "begun_off" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."conversation" ADD COLUMN "team_read_seq" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."part" ADD COLUMN "attachments" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."inbox" ADD COLUMN "off_hours" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."inbox" ADD COLUMN "pre_chat" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."visitor_session" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "parlour"."visitor_session" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "parlour"."workspace" ADD COLUMN "identity_secret" text;--> statement-breakpoint
CREATE UNIQUE INDEX "article_slug" ON "parlour"."article" USING btree ("workspace_id","slug");--> statement-breakpoint
CREATE INDEX "article_list" ON "parlour"."article" USING btree ("workspace_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "article_search" ON "parlour"."article" USING gin ("search");--> statement-breakpoint
CREATE INDEX "attachment_unsent" ON "parlour"."attachment" USING btree ("created_at") WHERE part_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_external_id" ON "parlour"."contact" USING btree ("workspace_id","external_id") WHERE merged_into_id is null;