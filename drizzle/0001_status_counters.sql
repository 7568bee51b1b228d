INSERT INTO `counters` (`name`, `value`) SELECT 'status:' || `status`, count(*) FROM `requests` GROUP BY `status`;--> statement-breakpoint
INSERT INTO `counters` (`name`, `value`) SELECT 'status:' || column1, 0 FROM (VALUES ('OPEN'), ('ASSIGNED'), ('IN_PROGRESS'), ('ON_HOLD'), ('RESOLVED'), ('CLOSED'), ('DUPLICATE'), ('DECLINED'), ('CANCELLED')) WHERE true ON CONFLICT (`name`) DO NOTHING;--> statement-breakpoint
CREATE TRIGGER `requests_counted_in` AFTER INSERT ON `requests` BEGIN
  UPDATE `counters` SET `value` = `value` + 1 WHERE `name` = 'status:' || NEW.`status`;
END;--> statement-breakpoint
CREATE TRIGGER `requests_counted_over` AFTER UPDATE OF `status` ON `requests` WHEN OLD.`status` <> NEW.`status` BEGIN
  UPDATE `counters` SET `value` = `value` - 1 WHERE `name` = 'status:' || OLD.`status`;
  UPDATE `counters` SET `value` = `value` + 1 WHERE `name` = 'status:' || NEW.`status`;
END;--> statement-breakpoint
CREATE TRIGGER `requests_counted_out` AFTER DELETE ON `requests` BEGIN
  UPDATE `counters` SET `value` = `value` - 1 WHERE `name` = 'status:' || OLD.`status`;
END;
