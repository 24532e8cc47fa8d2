-- Room in each page, so that a message's new version of its conversation stands beside the old one; before the table is written anew.
ALTER TABLE "parlour"."conversation" SET (fillfactor = 75);--> statement-breakpoint
DROP INDEX "parlour"."conversation_list";--> statement-breakpoint
DROP INDEX "parlour"."conversation_missed";--> statement-breakpoint
ALTER TABLE "parlour"."conversation" ADD COLUMN "listed_hour" integer GENERATED ALWAYS AS (floor(extract(epoch from last_message_at at time zone 'UTC') / 3600)::integer) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "parlour"."part" ADD COLUMN "fingerprint" uuid;--> statement-breakpoint
CREATE INDEX "conversation_list" ON "parlour"."conversation" USING btree ("workspace_id","status","listed_hour");--> statement-breakpoint
CREATE INDEX "conversation_missed" ON "parlour"."conversation" USING btree ("workspace_id","listed_hour") WHERE begun_off and first_replied_at is null and status in ('open', 'pending');
