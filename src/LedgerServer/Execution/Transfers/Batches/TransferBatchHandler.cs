using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>
/// Order of checks of the command: shape, currency declared. Then each entry by itself, in order: id new (else the first
/// outcome again, or a conflict), amount above 0, accounts differ, then as <see cref="BatchAccount.Check"/> states, then
/// the limits of the debited and of the credited account. A refused entry changes nothing but its id. Executing an entry
/// allocates nothing.
/// </summary>
internal sealed class TransferBatchHandler() : CommandHandler<TransferBatch>(CommandKind.TransferBatch, RoleGroups.Trading)
{
    /// <inheritdoc/>
    protected override Rejection? Execute(TransferBatch body, CommandContext context)
    {
        var rejection = TransferBatchShape.Check(body)
            ?? context.State.Currencies.Check("transfer_batch", body.CurrencyCode, body.Exponent);
        if (rejection is not null)
        {
            return rejection;
        }

        var run = new BatchRun(body, context);
        var outcomes = new TransferOutcome[body.Entries.Length];
        context.Record(new TransfersMade(body.CurrencyCode, body.Exponent, body.AccountIds, outcomes));
        var entries = body.Entries.Span;
        for (var i = 0; i < entries.Length; i++)
        {
            outcomes[i] = run.Execute(entries[i], (uint)i);
        }

        run.Close();
        return null;
    }
}
