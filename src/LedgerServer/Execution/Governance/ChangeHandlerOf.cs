using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Governance;

/// <summary>A handler of changes that gets its body typed.</summary>
/// <typeparam name="TBody">The body's type.</typeparam>
internal abstract class ChangeHandler<TBody>(CommandKind kind) : ChangeHandler
    where TBody : ChangeBody
{
    /// <inheritdoc/>
    public sealed override CommandKind Kind { get; } = kind;

    /// <inheritdoc/>
    public sealed override Rejection? Check(ChangeBody body, string proposer, CommandContext context) =>
        Check((TBody)body, proposer, context);

    /// <inheritdoc/>
    public sealed override void Apply(ChangeBody body, string proposer, CommandContext context) =>
        Apply((TBody)body, proposer, context);

    /// <inheritdoc cref="ChangeHandler.Check"/>
    protected abstract Rejection? Check(TBody body, string proposer, CommandContext context);

    /// <inheritdoc cref="ChangeHandler.Apply"/>
    protected abstract void Apply(TBody body, string proposer, CommandContext context);
}
