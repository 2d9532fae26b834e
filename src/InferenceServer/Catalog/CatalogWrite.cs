namespace KpGrpc.InferenceServer.Catalog;

/// <summary>One durable change of the catalogue: works that came or changed and works that went, all or none.</summary>
/// <param name="Key">Idempotency key, 16 bytes.</param>
/// <param name="Digest">SHA-256 of the request.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Works">Works as they are now, with revision and time.</param>
/// <param name="Deleted">Identifiers that went.</param>
internal sealed record CatalogWrite(
    ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Digest, CatalogAnswer Answer, IReadOnlyList<Work> Works, IReadOnlyList<string> Deleted);

/// <summary>What a write did.</summary>
/// <param name="Created">Works that came.</param>
/// <param name="Updated">Works that changed.</param>
/// <param name="Unchanged">Works that were already as sent.</param>
/// <param name="Deleted">Works that went.</param>
/// <param name="Missing">Identifiers to delete that were not there.</param>
internal sealed record CatalogAnswer(uint Created, uint Updated, uint Unchanged, uint Deleted, IReadOnlyList<string> Missing);
