using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Holds;

/// <summary>
/// Puts the release of holds that ran out into receipts. The rules do not wait for it (<see cref="DueHolds"/>), so it is
/// bounded by what a receipt has room for, and hot kinds do none or little of it. Every hold is placed by a command that
/// sweeps more than one, so what is due is soon told.
/// </summary>
internal static class HoldExpiry
{
    /// <summary>Most holds that one accepted command of a kind releases, after its own effects.</summary>
    public static int SweptMax(CommandKind kind) => kind switch
    {
        CommandKind.PlaceHold or CommandKind.CaptureHold or CommandKind.ReleaseHold or CommandKind.Payout =>
            EngineLimits.HoldsSweptMax,
        CommandKind.Deposit or CommandKind.Transfer => 1,
        _ => 0,
    };

    /// <summary>Releases those that ran out first, then by id.</summary>
    public static void Sweep(CommandContext context)
    {
        for (var left = SweptMax(context.Command.Body.Kind); left > 0; left--)
        {
            if (context.State.Holds.FirstDue is not { } hold)
            {
                return;
            }

            HoldMovements.Release(context, hold, expired: true);
        }
    }
}
