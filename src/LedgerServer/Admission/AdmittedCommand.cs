using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Storage;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>A command that may be ordered, with the signed bytes as they came.</summary>
/// <param name="Command">As the engine sees it.</param>
/// <param name="Payload">The signed payload.</param>
/// <param name="Signature">Its signature, or that of its batch; 64 bytes.</param>
/// <param name="Batch">Its place in a signed batch; null for a signature of its own.</param>
internal sealed record AdmittedCommand(Command Command, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signature, BatchMembership? Batch)
{
    /// <summary>Personal data that came with it, sealed for storage; null for none. Neither signed nor logged.</summary>
    public byte[]? SealedData { get; init; }

    /// <summary>The record to store once the order has given it a time.</summary>
    public StoredCommand ToStored(long orderedAtMicros) => new(orderedAtMicros, Command.KeyId, Signature, Payload, Batch);
}
