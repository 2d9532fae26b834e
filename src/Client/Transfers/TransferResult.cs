using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Transfers;

/// <summary>What a receipt says of one transfer.</summary>
/// <param name="Refused">Why it was refused; unspecified where it was made.</param>
/// <param name="FirstSequence">Sequence of the receipt with its first outcome; null where that is this one.</param>
internal readonly record struct TransferResult(RejectionReason Refused, ulong? FirstSequence);
