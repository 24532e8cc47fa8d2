CREATE SCHEMA IF NOT EXISTS "parlour";
--> statement-breakpoint
CREATE TABLE "parlour"."command_receipt" (
	"id" uuid NOT NULL,
	"scope" bigint NOT NULL,
	"fingerprint" uuid NOT NULL,
	"result" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "command_receipt_id_scope_pk" PRIMARY KEY("id","scope")
);
--> statement-breakpoint
CREATE TABLE "parlour"."event_log" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "parlour"."event_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"conversation_id" uuid,
	"contact_id" uuid,
	"facts" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_log_xid_id_pk" PRIMARY KEY("xid","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."installation" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"epoch" uuid DEFAULT gen_random_uuid() NOT NULL,
	"worker_version" text
);
--> statement-breakpoint
CREATE TABLE "parlour"."reaction_cursor" (
	"name" text PRIMARY KEY NOT NULL,
	"xid" "xid8" NOT NULL,
	"id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parlour"."api_key" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_key_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."channel" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"inbox_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"key" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "channel_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."contact" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text,
	"email" text,
	"phone" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone,
	"merged_into_id" uuid,
	CONSTRAINT "contact_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."conversation" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"inbox_id" uuid NOT NULL,
	"channel_id" uuid,
	"contact_id" uuid NOT NULL,
	"session_id" uuid,
	"status" text NOT NULL,
	"assignee_id" uuid,
	"snoozed_until" timestamp with time zone,
	"seq" integer NOT NULL,
	"public_seq" integer NOT NULL,
	"inbound_seq" integer NOT NULL,
	"read_seq" integer NOT NULL,
	"contact_read_seq" integer NOT NULL,
	"last_message_preview" text NOT NULL,
	"last_message_author" text NOT NULL,
	"last_message_at" timestamp with time zone NOT NULL,
	"source_url" text,
	"created_at" timestamp with time zone NOT NULL,
	"first_replied_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "conversation_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."part" (
	"workspace_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"id" uuid NOT NULL,
	"public_seq" integer,
	"kind" text NOT NULL,
	"author_kind" text NOT NULL,
	"author_id" uuid,
	"body" jsonb,
	"activity" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "part_workspace_id_conversation_id_seq_pk" PRIMARY KEY("workspace_id","conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "parlour"."inbox" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"routing" text NOT NULL,
	"schedule" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbox_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."inbox_member" (
	"workspace_id" uuid NOT NULL,
	"inbox_id" uuid NOT NULL,
	"teammate_id" uuid NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbox_member_workspace_id_inbox_id_teammate_id_pk" PRIMARY KEY("workspace_id","inbox_id","teammate_id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."rotation" (
	"workspace_id" uuid NOT NULL,
	"inbox_id" uuid NOT NULL,
	"last_teammate_id" uuid,
	CONSTRAINT "rotation_workspace_id_inbox_id_pk" PRIMARY KEY("workspace_id","inbox_id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."sign_in_session" (
	"workspace_id" uuid NOT NULL,
	"token_hash" text PRIMARY KEY NOT NULL,
	"teammate_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parlour"."teammate" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"available" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "teammate_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."visitor_session" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"channel_id" uuid NOT NULL,
	"contact_id" uuid,
	"page_url" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "visitor_session_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "parlour"."workspace" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"signing_secret" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "command_receipt_age" ON "parlour"."command_receipt" USING brin ("at");--> statement-breakpoint
CREATE INDEX "event_log_timeline" ON "parlour"."event_log" USING btree ("workspace_id","contact_id","id") WHERE contact_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_secret" ON "parlour"."api_key" USING btree ("secret_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "channel_key" ON "parlour"."channel" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_email" ON "parlour"."contact" USING btree ("workspace_id","email") WHERE merged_into_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_phone" ON "parlour"."contact" USING btree ("workspace_id","phone") WHERE merged_into_id is null;--> statement-breakpoint
CREATE INDEX "contact_newest" ON "parlour"."contact" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "contact_merged" ON "parlour"."contact" USING btree ("workspace_id","merged_into_id") WHERE merged_into_id is not null;--> statement-breakpoint
CREATE INDEX "conversation_list" ON "parlour"."conversation" USING btree ("workspace_id","status","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversation_contact" ON "parlour"."conversation" USING btree ("workspace_id","contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "part_id" ON "parlour"."part" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "sign_in_session_expiry" ON "parlour"."sign_in_session" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "teammate_email" ON "parlour"."teammate" USING btree ("workspace_id","email");--> statement-breakpoint
CREATE UNIQUE INDEX "visitor_session_token" ON "parlour"."visitor_session" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "visitor_session_contact" ON "parlour"."visitor_session" USING btree ("workspace_id","contact_id");