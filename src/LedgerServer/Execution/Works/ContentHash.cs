namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>Hash of one content file.</summary>
/// <param name="Algorithm">How it was hashed.</param>
/// <param name="Digest">The digest; its length is fixed by the algorithm.</param>
/// <param name="Label">What was hashed, 0 to 256 UTF-8 bytes.</param>
internal sealed record ContentHash(HashAlgorithm Algorithm, ReadOnlyMemory<byte> Digest, string Label);
