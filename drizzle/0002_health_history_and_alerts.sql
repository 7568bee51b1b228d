CREATE TABLE `alerts` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`level` text NOT NULL,
	`since` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`raised_at` integer,
	`clear_since` integer,
	`ended_at` integer,
	`acknowledged_at` integer,
	`snoozed_until` integer,
	`told_level` text,
	`told_at` integer,
	`details` text NOT NULL,
	CONSTRAINT "alerts_key" CHECK("alerts"."key" in ('not-listening', 'day-limit', 'was-away', 'sends-failing', 'disk-low', 'backup-old', 'errors', 'database-check', 'unassigned')),
	CONSTRAINT "alerts_level" CHECK("alerts"."level" in ('warning', 'critical')),
	CONSTRAINT "alerts_told_level" CHECK("alerts"."told_level" in ('warning', 'critical')),
	CONSTRAINT "alerts_details" CHECK(json_valid("alerts"."details"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_open` ON `alerts` (`key`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `health_samples` (
	`span` integer NOT NULL,
	`at` integer NOT NULL,
	`seen` integer NOT NULL,
	`listening` integer NOT NULL,
	`updates` integer NOT NULL,
	`sends` integer NOT NULL,
	`send_failures` integer NOT NULL,
	`errors` integer NOT NULL,
	`inbox_waiting` integer NOT NULL,
	`outbox_waiting` integer NOT NULL,
	`loop_delay_ms` integer NOT NULL,
	`memory_bytes` integer NOT NULL,
	`free_bytes` integer NOT NULL,
	`database_bytes` integer NOT NULL,
	`open_requests` integer NOT NULL,
	`overdue` integer NOT NULL,
	PRIMARY KEY(`span`, `at`),
	CONSTRAINT "health_samples_span" CHECK("health_samples"."span" in (1, 30))
) STRICT;
