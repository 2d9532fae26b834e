using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Dispatch;

/// <summary>A handler that gets its command's body typed.</summary>
/// <typeparam name="TBody">The body's type.</typeparam>
internal abstract class CommandHandler<TBody>(CommandKind kind, RoleSet allowedRoles) : CommandHandler
    where TBody : CommandBody
{
    /// <inheritdoc/>
    public sealed override CommandKind Kind { get; } = kind;

    /// <inheritdoc/>
    public sealed override RoleSet AllowedRoles { get; } = allowedRoles;

    /// <inheritdoc/>
    public sealed override Rejection? Execute(CommandContext context) =>
        Execute((TBody)context.Command.Body, context);

    /// <inheritdoc cref="CommandHandler.Execute(CommandContext)"/>
    protected abstract Rejection? Execute(TBody body, CommandContext context);
}
