using KpGrpc.LedgerServer.Execution.Dispatch;

namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>Whether a work's details are within the contract's ranges.</summary>
internal static class WorkShape
{
    /// <summary>Checks the fields in the order of the contract.</summary>
    public static Rejection? Check(WorkDetails work) =>
        Shape.Id("work.work_id", work.WorkId)
        ?? Shape.Text("work.title", work.Title, 1, 512)
        ?? Shape.Defined("work.kind", work.Kind)
        ?? Shape.Defined("work.field", work.Field)
        ?? Shape.Range("work.content_hashes.count", work.ContentHashes.Count, 1, 256)
        ?? Shape.Each(work.ContentHashes, CheckHash)
        ?? OwnerShares.CheckShape("work.owners", work.Owners)
        ?? Shape.DigestOrNone("work.c2pa_manifest_hash", work.C2paManifestHash)
        ?? Shape.Range("work.metadata.count", work.Metadata.Count, 0, 32)
        ?? Shape.Each(work.Metadata, (entry, i) =>
            Shape.Id($"work.metadata[{i}].key", entry.Key) ?? Shape.Text($"work.metadata[{i}].value", entry.Value, 0, 1024))
        ?? Shape.Range("work.ancestors.count", work.Ancestors.Count, 0, 16)
        ?? Shape.Each(work.Ancestors, (ancestor, i) =>
            Shape.Id($"work.ancestors[{i}].work_id", ancestor.WorkId)
            ?? Shape.Range($"work.ancestors[{i}].royalty_ppm", ancestor.RoyaltyPpm, 0, EngineLimits.WholePpm))
        ?? (work.Ancestors.DistinctBy(ancestor => ancestor.WorkId, StringComparer.Ordinal).Count() == work.Ancestors.Count
            ? null
            : Shape.Malformed($"work.ancestors: each may come once; add its royalties up."))
        ?? Shape.Range("work.language.length", work.Language.Length, 0, 35);

    private static Rejection? CheckHash(ContentHash hash, int index)
    {
        var field = FormattableString.Invariant($"work.content_hashes[{index}]");
        var length = hash.Algorithm == HashAlgorithm.Sha256 ? 32 : 64;
        return Shape.Defined(field + ".algorithm", hash.Algorithm)
            ?? Shape.Range(field + ".digest.length", hash.Digest.Length, length, length)
            ?? Shape.Text(field + ".label", hash.Label, 0, 256);
    }
}
