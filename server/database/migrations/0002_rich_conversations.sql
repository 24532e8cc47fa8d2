ALTER TABLE "parlour"."contact" ADD COLUMN "lead_status" text;--> statement-breakpoint
ALTER TABLE "parlour"."contact" ADD COLUMN "owner_id" uuid;--> statement-breakpoint
ALTER TABLE "parlour"."teammate" ADD COLUMN "alert_missed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."teammate" ADD COLUMN "alert_yours" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "conversation_missed" ON "parlour"."conversation" USING btree ("workspace_id","last_message_at","id") WHERE begun_off and first_replied_at is null and status in ('open', 'pending');