DROP TABLE `alerts`;
--> statement-breakpoint
DROP TABLE `health_samples`;
