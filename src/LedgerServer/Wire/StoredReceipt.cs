using Google.Protobuf;

using KpGrpc.LedgerServer.Storage;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Wire;

/// <summary>Receipts as messages, read from the log's leaves.</summary>
internal static class StoredReceipt
{
    /// <summary>Reads the receipt at a sequence that was committed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="sequence">The sequence.</param>
    /// <exception cref="InvalidDataException">It is missing or no receipt: the store is damaged.</exception>
    public static Receipt Read(LedgerStore store, ulong sequence) => Decode(store.RequireLeaf(sequence), sequence);

    /// <summary>Decodes a leaf.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="sequence">Its sequence, for messages.</param>
    /// <exception cref="InvalidDataException">It is no receipt: the store is damaged.</exception>
    public static Receipt Decode(byte[] leaf, ulong sequence)
    {
        try
        {
            return Receipt.Parser.ParseFrom(leaf);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException($"the receipt at sequence {sequence} cannot be decoded: {exception.Message}", exception);
        }
    }
}
