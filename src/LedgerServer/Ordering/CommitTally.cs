using System.Diagnostics;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;

namespace KpGrpc.LedgerServer.Ordering;

/// <summary>
/// What one commit did, for whoever watches the ledger. One object a pipeline, used again by each commit: counting a
/// command allocates nothing. Owned by the orderer's thread.
/// </summary>
internal sealed class CommitTally
{
    private static readonly int ReasonCount = (int)Enum.GetValues<RejectionReason>().Max() + 1;
    private readonly long[] rejections = new long[ReasonCount];
    private long begun;

    /// <summary>Commands that took a place in the order.</summary>
    public int Commands { get; private set; }

    /// <summary>Transfers that moved money, those of batches included.</summary>
    public int Transfers { get; private set; }

    /// <summary>Bytes of commands and receipts that became durable.</summary>
    public long EntryBytes { get; private set; }

    /// <summary>From the first command's execution until all were durable.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Rejected commands by <see cref="RejectionReason"/>, at its number.</summary>
    public ReadOnlySpan<long> Rejections => rejections;

    /// <summary>Forgets the last commit.</summary>
    public void Begin()
    {
        (Commands, Transfers, EntryBytes, Duration) = (0, 0, 0, default);
        Array.Clear(rejections);
        begun = Stopwatch.GetTimestamp();
    }

    /// <summary>Counts a command.</summary>
    public void Add(Receipt receipt)
    {
        Commands++;
        if (receipt.Rejection is { } rejection)
        {
            rejections[(int)rejection.Reason]++;
        }
        else if (receipt.Kind == CommandKind.Transfer)
        {
            Transfers++;
        }
        else if (receipt.Effects is [TransfersMade made, ..])
        {
            foreach (ref readonly var outcome in made.Outcomes.Span)
            {
                Transfers += outcome.MovesMoney ? 1 : 0;
            }
        }
    }

    /// <summary>Closes the commit, which is durable now.</summary>
    public void End(long entryBytes)
    {
        EntryBytes = entryBytes;
        Duration = Stopwatch.GetElapsedTime(begun);
    }
}
