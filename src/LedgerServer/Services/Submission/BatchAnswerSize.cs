using System.Numerics;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.LedgerServer.Execution.Transfers;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.LedgerServer.Execution.Works;
using KpGrpc.MerkleLog.Tiles;

namespace KpGrpc.LedgerServer.Services.Submission;

/// <summary>
/// Upper estimate of the answer to a batch, made before its ordering: a committed batch whose answer a stock client
/// cannot receive would look refused to it.
/// </summary>
internal static class BatchAnswerSize
{
    /// <summary>Longest answer: the 4 MiB that gRPC clients receive by default, less 64 KiB for checkpoint and framing.</summary>
    public const long BytesMax = (4 * 1_048_576) - 65_536;

    // Ids of the envelope and of small effects, a rejection's message, or the status of a taken key.
    private const long LeafBytes = 2_048;

    // Split, postings, new accounts and licence of a sale under an agreement of the most parties with the most royalties.
    private const long SplitBytes = 45_000;

    // The same without new accounts and licence, and what new owners give back.
    private const long RefundBytes = 55_000;

    // A hold with its ids, and the release of those that ran out.
    private const long HoldBytes = 1_536;
    private const long SweptHoldBytes = 896;
    private const long PostingBytes = 192;

    // A vote, a resolution, and an escrow paid in the most parts.
    private const long DisputeBytes = 60_000;
    private const long OwnerBytes = 160;
    private const long OutcomeBytes = 9;
    private const long HashBytes = 34;

    /// <summary>Most bytes that a command's outcome takes.</summary>
    /// <param name="command">The command.</param>
    /// <param name="treeSize">Leaves of the log once the batch is in it, 1 or more.</param>
    /// <param name="withPath">Whether the outcome carries its inclusion path.</param>
    public static long Of(AdmittedCommand command, ulong treeSize, bool withPath) =>
        LeafBytes + BodyBytes(command) + (withPath ? HashBytes * (BitOperations.Log2(treeSize) + 1) : 0);

    private static long BodyBytes(AdmittedCommand command) => command.Command.Body switch
    {
        Purchase or RecordRevenue => SplitBytes,
        Refund or Chargeback => RefundBytes,
        PlaceHold or CaptureHold or ReleaseHold or Payout => HoldBytes + (SweptHoldBytes * EngineLimits.HoldsSweptMax),
        PostMultiple multiple => PostingBytes * multiple.Lines.Count,
        ResolveDispute => DisputeBytes,
        ProposeAgreement or AcceptAgreement => OwnerBytes * (EngineLimits.ActiveVersionsMax + 1),
        RegisterWork work => OwnerBytes * work.Work.Owners.Count,
        // Its effect repeats the terms.
        GrantLicence => command.Payload.Length,
        // Its effect repeats the batch with a reason and a first sequence more an entry.
        TransferBatch batch => command.Payload.Length + (OutcomeBytes * batch.Entries.Length),
        // Its effect repeats what is enrolled and adds a state to every key.
        EnrolOrganization => 2L * command.Payload.Length,
        // As much as fits: works, guarantees, consents, or the change that the last approval applies.
        SettlePool or CloseSettlementPeriod or EraseSubject or ApproveChange or ChangePolicy => EntryBundle.MaxEntrySize,
        _ => 0,
    };
}
