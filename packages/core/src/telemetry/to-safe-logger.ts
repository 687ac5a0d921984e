import type { LogFields, Logger } from './logger.ts';
import { quietly } from './quietly.ts';

/** The same logger, whose own faults stop no mail. */
export function toSafeLogger(logger: Logger): Logger {
  const call =
    (level: keyof Logger) =>
    (message: string, fields: LogFields): void => {
      quietly(() => logger[level](message, fields));
    };
  return { debug: call('debug'), info: call('info'), warn: call('warn'), error: call('error') };
}
