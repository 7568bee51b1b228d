CREATE TABLE `buildings` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`link_code` text NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `buildings_link_code_unique` ON `buildings` (`link_code`);--> statement-breakpoint
CREATE TABLE `cards` (
	`id` text PRIMARY KEY NOT NULL,
	`chat_id` integer NOT NULL,
	`kind` text NOT NULL,
	`request_id` text,
	`message_id` integer,
	`token` text NOT NULL,
	`actions` text NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "cards_actions" CHECK(json_valid("cards"."actions"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `cards_token_unique` ON `cards` (`token`);--> statement-breakpoint
CREATE INDEX `cards_request` ON `cards` (`request_id`);--> statement-breakpoint
CREATE TABLE `categories` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `categories_name_unique` ON `categories` (`name`);--> statement-breakpoint
CREATE TABLE `changes` (
	`device_id` text NOT NULL,
	`seq` integer NOT NULL,
	`hlc` text NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`patch` text NOT NULL,
	`actor` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`device_id`, `seq`),
	CONSTRAINT "changes_patch" CHECK(json_valid("changes"."patch"))
) STRICT;
--> statement-breakpoint
CREATE INDEX `changes_row` ON `changes` (`table_name`,`row_id`,`at`);--> statement-breakpoint
CREATE TABLE `comments` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`user_id` text NOT NULL,
	`comment` text NOT NULL,
	`created_at` integer NOT NULL,
	`visibility` text DEFAULT 'internal' NOT NULL,
	`edited_at` integer,
	FOREIGN KEY (`request_id`) REFERENCES `requests`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "comments_visibility" CHECK("comments"."visibility" in ('internal', 'public'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `comments_request` ON `comments` (`request_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `comments_user` ON `comments` (`user_id`);--> statement-breakpoint
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `dialogues` (
	`chat_id` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "dialogues_state" CHECK(json_valid("dialogues"."state"))
) STRICT;
--> statement-breakpoint
CREATE TABLE `downloads` (
	`unique_id` text PRIMARY KEY NOT NULL,
	`file_id` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`sha256` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_error` text,
	CONSTRAINT "downloads_state" CHECK("downloads"."state" in ('waiting', 'stored', 'too-big', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `downloads_waiting` ON `downloads` (`not_before`) WHERE state = 'waiting';--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`file_type` text NOT NULL,
	`file_id` text NOT NULL,
	`file_name` text NOT NULL,
	`uploaded_by` text,
	`uploaded_at` integer NOT NULL,
	`unique_id` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`sha256` text,
	FOREIGN KEY (`request_id`) REFERENCES `requests`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "files_type" CHECK("files"."file_type" in ('photo', 'video', 'voice', 'document')),
	CONSTRAINT "files_state" CHECK("files"."state" in ('waiting', 'stored', 'too-big', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `files_request` ON `files` (`request_id`,`uploaded_at`);--> statement-breakpoint
CREATE INDEX `files_unique` ON `files` (`unique_id`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`bot_id` integer NOT NULL,
	`epoch` integer NOT NULL,
	`update_id` integer NOT NULL,
	`chat_id` integer,
	`kind` text NOT NULL,
	`received_at` integer NOT NULL,
	`payload` text NOT NULL,
	`state` text DEFAULT 'new' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	PRIMARY KEY(`bot_id`, `epoch`, `update_id`),
	CONSTRAINT "inbox_state" CHECK("inbox"."state" in ('new', 'done', 'ignored', 'dead'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `inbox_new` ON `inbox` (`bot_id`,`epoch`,`update_id`) WHERE state = 'new';--> statement-breakpoint
CREATE INDEX `inbox_dead` ON `inbox` (`received_at`) WHERE state = 'dead';--> statement-breakpoint
CREATE TABLE `invites` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` text,
	`revoked_at` integer,
	FOREIGN KEY (`used_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invites_code_unique` ON `invites` (`code`);--> statement-breakpoint
CREATE TABLE `listening` (
	`bot_id` integer PRIMARY KEY NOT NULL,
	`epoch` integer DEFAULT 0 NOT NULL,
	`next_offset` integer,
	`last_ok_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `message_links` (
	`chat_id` integer NOT NULL,
	`message_id` integer NOT NULL,
	`request_id` text NOT NULL,
	`part` text NOT NULL,
	`comment_id` text,
	PRIMARY KEY(`chat_id`, `message_id`),
	CONSTRAINT "message_links_part" CHECK("message_links"."part" in ('bot', 'description', 'comment', 'file'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `message_links_request` ON `message_links` (`request_id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`dedupe_key` text NOT NULL,
	`chat_id` integer NOT NULL,
	`kind` text NOT NULL,
	`card_id` text,
	`request_id` text,
	`method` text NOT NULL,
	`payload` text NOT NULL,
	`policy` text NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`message_id` integer,
	`last_error` text,
	FOREIGN KEY (`request_id`) REFERENCES `requests`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "outbox_state" CHECK("outbox"."state" in ('pending', 'sending', 'sent', 'unknown', 'failed', 'blocked', 'cancelled')),
	CONSTRAINT "outbox_policy" CHECK("outbox"."policy" in ('idempotent', 'at-least-once', 'at-most-once')),
	CONSTRAINT "outbox_payload" CHECK(json_valid("outbox"."payload"))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe_key_unique` ON `outbox` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_pending` ON `outbox` (`not_before`,`id`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_sending` ON `outbox` (`id`) WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX `outbox_trouble` ON `outbox` (`created_at`) WHERE state in ('unknown', 'failed', 'blocked');--> statement-breakpoint
CREATE INDEX `outbox_request` ON `outbox` (`request_id`);--> statement-breakpoint
CREATE INDEX `outbox_card` ON `outbox` (`card_id`) WHERE state = 'pending';--> statement-breakpoint
CREATE TABLE `requests` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`location` text NOT NULL,
	`status` text DEFAULT 'OPEN' NOT NULL,
	`priority` text DEFAULT 'MEDIUM' NOT NULL,
	`assigned_to` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`completed_at` integer,
	`desk` text DEFAULT '' NOT NULL,
	`sequence` integer NOT NULL,
	`source` text DEFAULT 'telegram' NOT NULL,
	`urgency` text,
	`building_id` text,
	`unit_id` text,
	`category_id` text,
	`response_due_at` integer,
	`resolution_due_at` integer,
	`first_responded_at` integer,
	`taken_at` integer,
	`started_at` integer,
	`hold_reason` text,
	`hold_until` integer,
	`hold_remaining_ms` integer,
	`ended_reason` text,
	`ended_at` integer,
	`duplicate_of` text,
	`reopened_count` integer DEFAULT 0 NOT NULL,
	`photo_count` integer DEFAULT 0 NOT NULL,
	`comment_count` integer DEFAULT 0 NOT NULL,
	`unread_count` integer DEFAULT 0 NOT NULL,
	`thumbnail` text,
	`board_order` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assigned_to`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`building_id`) REFERENCES `buildings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`duplicate_of`) REFERENCES `requests`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "requests_status" CHECK("requests"."status" in ('OPEN', 'ASSIGNED', 'IN_PROGRESS', 'ON_HOLD', 'RESOLVED', 'CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED')),
	CONSTRAINT "requests_priority" CHECK("requests"."priority" in ('LOW', 'MEDIUM', 'HIGH', 'URGENT')),
	CONSTRAINT "requests_urgency" CHECK("requests"."urgency" in ('CAN_WAIT', 'SOON', 'DANGER')),
	CONSTRAINT "requests_source" CHECK("requests"."source" in ('telegram', 'desk')),
	CONSTRAINT "requests_ended" CHECK(("requests"."ended_at" is not null) = ("requests"."status" in ('CLOSED', 'DUPLICATE', 'DECLINED', 'CANCELLED')))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `requests_number` ON `requests` (`desk`,`sequence`);--> statement-breakpoint
CREATE INDEX `requests_user` ON `requests` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `requests_assignee` ON `requests` (`assigned_to`,`status`);--> statement-breakpoint
CREATE INDEX `requests_board` ON `requests` (`status`,`board_order`,`id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `requests_archive` ON `requests` (`ended_at`,`id`) WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX `requests_auto_close` ON `requests` (`completed_at`) WHERE status = 'RESOLVED';--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	CONSTRAINT "settings_value" CHECK(json_valid("settings"."value"))
) STRICT;
--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`building_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text DEFAULT 'unit' NOT NULL,
	`link_code` text NOT NULL,
	`position` integer NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`building_id`) REFERENCES `buildings`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "units_kind" CHECK("units"."kind" in ('unit', 'common'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `units_link_code_unique` ON `units` (`link_code`);--> statement-breakpoint
CREATE UNIQUE INDEX `units_building_name` ON `units` (`building_id`,`name`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`telegram_id` integer,
	`username` text,
	`role` text DEFAULT 'user' NOT NULL,
	`is_active` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`named_by_desk` integer DEFAULT false NOT NULL,
	`language` text DEFAULT 'en' NOT NULL,
	`unit_id` text,
	`blocked_at` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "users_role" CHECK("users"."role" in ('user', 'technician', 'manager')),
	CONSTRAINT "users_language" CHECK("users"."language" in ('en', 'ru')),
	CONSTRAINT "users_is_active" CHECK("users"."is_active" in (0, 1))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_telegram_id_unique` ON `users` (`telegram_id`);--> statement-breakpoint
CREATE INDEX `users_role` ON `users` (`role`,`name`);--> statement-breakpoint
CREATE INDEX `users_unit` ON `users` (`unit_id`);