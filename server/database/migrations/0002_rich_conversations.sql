CREATE TABLE "parlour"."alert" (
	"workspace_id" uuid NOT NULL,
	"teammate_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"after_seq" integer NOT NULL,
	"id" uuid NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_workspace_id_teammate_id_conversation_id_after_seq_pk" PRIMARY KEY("workspace_id","teammate_id","conversation_id","after_seq")
);
--> statement-breakpoint
CREATE TABLE "parlour"."transcript" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"email" text,
	"email_hash" text NOT NULL,
	"language" text NOT NULL,
	"time_zone" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transcript_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."tracked_metadata" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"metadata" jsonb NOT NULL,
	CONSTRAINT "tracked_metadata_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "parlour"."attachment" ADD COLUMN "sent_size" bigint;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "lead_status" text;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "parlour"."conversation" ADD COLUMN "rating" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."conversation" ADD COLUMN "claimed_properties" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."part" ADD COLUMN "answers" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."inbox" ADD COLUMN "ask_for_rating" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."inbox" ADD COLUMN "show_queue_position" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."teammate" ADD COLUMN "alert_missed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."teammate" ADD COLUMN "alert_yours" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "alert_age" ON "parlour"."alert" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "transcript_recent" ON "parlour"."transcript" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "conversation_missed" ON "parlour"."conversation" USING btree ("workspace_id","last_message_at","id") WHERE begun_off and first_replied_at is null and status in ('open', 'pending');--> statement-breakpoint
CREATE INDEX "part_answered" ON "parlour"."part" USING btree ("workspace_id","conversation_id") WHERE answers is not null;