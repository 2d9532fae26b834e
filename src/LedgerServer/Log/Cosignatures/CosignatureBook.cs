using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.LedgerServer.Log.Cosignatures;

/// <summary>
/// Witnesses' cosignatures of this log's checkpoints (c2sp.org/tlog-cosignature). Only known witnesses count; what is
/// taken in was checked and is durable before anybody sees it. Thread-safe.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="head">The newest checkpoint.</param>
/// <param name="log">Public key of the log.</param>
/// <param name="policy">Who counts, and how many are needed.</param>
internal sealed class CosignatureBook(LedgerStore store, CommittedHead head, NoteVerifier log, WitnessPolicy policy)
{
    private readonly Lock gate = new();

    /// <summary>Checks and stores the cosignatures under a checkpoint; those that are stored already change nothing.</summary>
    /// <param name="signed">The checkpoint with the log's signature and cosignatures.</param>
    public CosignatureVerdict Add(SignedCheckpoint signed)
    {
        if (signed.Checkpoint.Origin != log.Name || signed.Note.VerifyBy(log) != NoteCheck.Verified)
        {
            return CosignatureVerdict.NotThisLogs;
        }

        if (Find(signed.Checkpoint.Size)?.Signed.Checkpoint.Root != signed.Checkpoint.Root)
        {
            return CosignatureVerdict.NeverSigned;
        }

        var found = new List<NoteSignature>();
        foreach (var witness in policy.Witnesses)
        {
            var check = signed.Note.VerifyBy(witness, out var signature);
            if (check == NoteCheck.BadSignature)
            {
                return CosignatureVerdict.BadSignature;
            }

            if (check == NoteCheck.Verified)
            {
                found.Add(signature!);
            }
        }

        if (found.Count == 0)
        {
            return CosignatureVerdict.UnknownWitness;
        }

        lock (gate)
        {
            var known = store.ReadCosignatures(signed.Checkpoint.Size);
            store.AddCosignatures(signed.Checkpoint.Size, [.. found.Where(line => !known.Any(old => IsSameKey(old, line)))]);
        }

        return CosignatureVerdict.Stored;
    }

    /// <summary>The cosignatures of the checkpoint of a size, ordered by witness name, then key id.</summary>
    public IReadOnlyList<NoteSignature> List(ulong size) => store.ReadCosignatures(size);

    /// <summary>The checkpoint with the cosignatures that are known now.</summary>
    public StoredCheckpoint WithCosignatures(StoredCheckpoint checkpoint) =>
        checkpoint with { Signed = List(checkpoint.Size).Aggregate(checkpoint.Signed, (signed, line) => signed.With(line)) };

    /// <summary>Whether enough of the present policy's witnesses have cosigned the checkpoint of a size.</summary>
    public bool IsCertified(ulong size) => policy.IsMet(List(size));

    /// <summary>Whether any checkpoint can be certified by the present policy.</summary>
    public bool CanCertify => policy.Needed > 0;

    /// <summary>The newest certified checkpoint, with its cosignatures; null where none is.</summary>
    public StoredCheckpoint? NewestCertified() =>
        store.ReadCosignedSizes().Where(IsCertified).Select(Find).FirstOrDefault() is { } checkpoint ? WithCosignatures(checkpoint) : null;

    private StoredCheckpoint? Find(ulong size)
    {
        var newest = head.Newest;
        return size == newest.Size ? newest : size < newest.Size ? store.ReadCheckpoint(size) : null;
    }

    private static bool IsSameKey(NoteSignature one, NoteSignature other) => one.KeyId == other.KeyId && one.Name == other.Name;
}
