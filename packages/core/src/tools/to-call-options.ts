import type { CallOptions } from '../principal/handles.ts';
import type { ToolCall } from './tool.ts';

/** What an operation needs to know about the framework's call. */
export function toCallOptions(call: ToolCall): CallOptions {
  return call.callId === undefined ? {} : { callId: call.callId };
}
