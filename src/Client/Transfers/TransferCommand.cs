namespace KpGrpc.Client.Transfers;

/// <summary>One command of a call and the transfers that it carries.</summary>
/// <param name="Payload">Encoded payload.</param>
/// <param name="IdempotencyKey">Its key, 16 bytes.</param>
/// <param name="Transfers">The transfers in order.</param>
internal sealed record TransferCommand(byte[] Payload, ReadOnlyMemory<byte> IdempotencyKey, ReadOnlyMemory<PendingTransfer> Transfers);
