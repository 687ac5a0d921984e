// Tools: operations as shown to a model

// Principals: on whose behalf
export type { AgentHandle, ReviewerHandle, SystemHandle } from './principal/handles.ts';
export { EMAIL_TOOLS } from './tools/email-tools.ts';
export { listTools } from './tools/list-tools.ts';
export { resumeTool } from './tools/resume-tool.ts';
export { runTool } from './tools/run-tool.ts';
export { type StandardToolSchema, toStandardSchema } from './tools/standard-schema.ts';
export type {
  EmailTool,
  PortableObject,
  PortableSchema,
  ToolCall,
  ToolEffect,
  ToolResult,
} from './tools/tool.ts';
export type { AgentToolName, ReviewerToolName, ToolInput, ToolName } from './tools/tool-input.ts';
