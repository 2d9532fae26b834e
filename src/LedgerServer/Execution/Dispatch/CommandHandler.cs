using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Dispatch;

/// <summary>The rules of one kind of command.</summary>
internal abstract class CommandHandler
{
    /// <summary>The kind that it executes.</summary>
    public abstract CommandKind Kind { get; }

    /// <summary>Roles of which the submitter must act in at least one.</summary>
    public abstract RoleSet AllowedRoles { get; }

    /// <summary>
    /// Checks in a fixed order, then changes the state and records every change. Returns the first rejection, before
    /// which nothing may have been changed or recorded; null where executed.
    /// </summary>
    public abstract Rejection? Execute(CommandContext context);
}
