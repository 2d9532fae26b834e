namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>What is registered about a work, as <c>kp.copyright.v1.WorkDetails</c>.</summary>
internal sealed record WorkDetails
{
    /// <summary>Id of the work, unique on the ledger.</summary>
    public required string WorkId { get; init; }

    /// <summary>Title, 1 to 512 UTF-8 bytes.</summary>
    public required string Title { get; init; }

    /// <summary>What it is.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>Field of knowledge.</summary>
    public required KnowledgeField Field { get; init; }

    /// <summary>Hashes of its content, 1 to 256.</summary>
    public required IReadOnlyList<ContentHash> ContentHashes { get; init; }

    /// <summary>Its owners, 1 to 64, each once.</summary>
    public required IReadOnlyList<OwnerShare> Owners { get; init; }

    /// <summary>SHA-256 of its C2PA manifest, 32 bytes or none.</summary>
    public ReadOnlyMemory<byte> C2paManifestHash { get; init; }

    /// <summary>Further facts, at most 32; keys are ids, values 0 to 1024 UTF-8 bytes; ordered by key, by bytes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>Works that it derives from, 0 to 16, each once.</summary>
    public IReadOnlyList<Ancestor> Ancestors { get; init; } = [];

    /// <summary>BCP 47 tag, 0 to 35 characters.</summary>
    public string Language { get; init; } = "";
}
