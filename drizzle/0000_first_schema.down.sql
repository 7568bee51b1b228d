DROP TABLE `cards`;--> statement-breakpoint
DROP TABLE `changes`;--> statement-breakpoint
DROP TABLE `comments`;--> statement-breakpoint
DROP TABLE `counters`;--> statement-breakpoint
DROP TABLE `dialogues`;--> statement-breakpoint
DROP TABLE `downloads`;--> statement-breakpoint
DROP TABLE `files`;--> statement-breakpoint
DROP TABLE `inbox`;--> statement-breakpoint
DROP TABLE `invites`;--> statement-breakpoint
DROP TABLE `listening`;--> statement-breakpoint
DROP TABLE `message_links`;--> statement-breakpoint
DROP TABLE `outbox`;--> statement-breakpoint
DROP TABLE `requests`;--> statement-breakpoint
DROP TABLE `categories`;--> statement-breakpoint
DROP TABLE `settings`;--> statement-breakpoint
DROP TABLE `users`;--> statement-breakpoint
DROP TABLE `units`;--> statement-breakpoint
DROP TABLE `buildings`;
