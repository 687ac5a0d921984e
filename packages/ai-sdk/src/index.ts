// Tools for generateText, streamText and ToolLoopAgent
export { type EmailAiTools, type EmailToolsOptions, emailTools } from './email-tools.ts';

// Approval: what policy blocks is denied before it runs
export {
  type EmailApprovalCall,
  type EmailApprovalOptions,
  type EmailApprovalStatus,
  emailApproval,
} from './email-approval.ts';

// Shapes
export type { AiTool, AiToolCallOptions, AiToolOutput } from './ai-tool.ts';
