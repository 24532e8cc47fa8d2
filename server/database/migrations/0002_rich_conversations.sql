CREATE TABLE "parlour"."tracked_metadata" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"metadata" jsonb NOT NULL,
	CONSTRAINT "tracked_metadata_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "lead_status" text;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "parlour"."conversation" ADD COLUMN "rating" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."conversation" ADD COLUMN "claimed_properties" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."part" ADD COLUMN "answers" jsonb;--> statement-breakpoint
ALTER TABLE "parlour"."inbox" ADD COLUMN "ask_for_rating" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."inbox" ADD COLUMN "show_queue_position" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."teammate" ADD COLUMN "alert_missed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."teammate" ADD COLUMN "alert_yours" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "conversation_missed" ON "parlour"."conversation" USING btree ("workspace_id","last_message_at","id") WHERE begun_off and first_replied_at is null and status in ('open', 'pending');