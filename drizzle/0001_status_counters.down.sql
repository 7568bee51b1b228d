DROP TRIGGER `requests_counted_in`;--> statement-breakpoint
DROP TRIGGER `requests_counted_over`;--> statement-breakpoint
DROP TRIGGER `requests_counted_out`;--> statement-breakpoint
DELETE FROM `counters` WHERE `name` LIKE 'status:%';
