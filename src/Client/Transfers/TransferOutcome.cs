using Google.Rpc;

using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Transfers;

/// <summary>The outcome of one transfer.</summary>
public readonly record struct TransferOutcome
{
    /// <summary>What became of it.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>Its id: ask again by it where the status is <see cref="TransferStatus.Unknown"/>.</summary>
    public required TransferId Id { get; init; }

    /// <summary>Sequence of the receipt with its first outcome, where it was made or refused; of the rejected command's receipt, where that was rejected; else 0.</summary>
    public ulong Sequence { get; init; }

    /// <summary>Its position among the outcomes of <see cref="Receipt"/>, from 0.</summary>
    public int Index { get; init; }

    /// <summary>True where an earlier batch had carried it and this one did nothing.</summary>
    public bool Repeated { get; init; }

    /// <summary>Why it was refused or its command rejected; else unspecified.</summary>
    public RejectionReason Reason { get; init; }

    /// <summary>The receipt that tells this outcome, shared by all transfers of its command; null where there is none.</summary>
    public TransferReceipt? Receipt { get; init; }

    /// <summary>What the last try ended with, where there is no receipt; else null.</summary>
    public Status? Error { get; init; }
}
