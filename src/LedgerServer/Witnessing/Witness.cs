using KpGrpc.MerkleLog.Notes;
using KpGrpc.MerkleLog.Proofs;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>
/// Cosigns the checkpoints of known logs, each only after the one before it (c2sp.org/tlog-witness). What it has
/// cosigned is on disk before the cosignature leaves, and checks and writes of all calls follow one another, so that no
/// two inconsistent checkpoints of a log are ever cosigned, whatever is killed in between. Thread-safe.
/// </summary>
/// <param name="cosigner">The witness's key.</param>
/// <param name="store">What was cosigned last.</param>
/// <param name="logs">Public keys of the known logs; a log's origin is its key's name.</param>
internal sealed class Witness(Cosigner cosigner, WitnessStore store, IReadOnlyList<NoteVerifier> logs) : IDisposable
{
    private readonly Lock gate = new();

    /// <summary>Answers an <c>add-checkpoint</c> request.</summary>
    public WitnessAnswer Add(AddCheckpointRequest request)
    {
        var (checkpoint, note) = (request.Signed.Checkpoint, request.Signed.Note);
        var keys = logs.Where(log => log.Name == checkpoint.Origin).ToArray();
        if (keys.Length == 0)
        {
            return new WitnessAnswer(StatusCodes.Status404NotFound, "This witness does not know the log.\n");
        }

        if (!keys.Any(key => note.VerifyBy(key) == NoteCheck.Verified))
        {
            return new WitnessAnswer(StatusCodes.Status403Forbidden, "No signature is by the log's key.\n");
        }

        if (request.OldSize > checkpoint.Size)
        {
            return WitnessAnswer.BadRequest("The old size is above the checkpoint's.");
        }

        lock (gate)
        {
            return AddInOrder(request);
        }
    }

    public void Dispose()
    {
        store.Dispose();
        cosigner.Dispose();
    }

    private WitnessAnswer AddInOrder(AddCheckpointRequest request)
    {
        var checkpoint = request.Signed.Checkpoint;
        var last = store.Find(checkpoint.Origin)?.Checkpoint;
        if (request.OldSize != (last?.Size ?? 0))
        {
            return WitnessAnswer.KnownSize(last?.Size ?? 0);
        }

        var oldRoot = last?.Root ?? MerkleLog.Hashing.MerkleHasher.EmptyRoot;
        if (request.OldSize == checkpoint.Size && oldRoot != checkpoint.Root)
        {
            return new WitnessAnswer(StatusCodes.Status409Conflict, "Another root of this size was cosigned before.\n");
        }

        if (!ProofVerifier.VerifyConsistency(request.OldSize, checkpoint.Size, [.. request.Proof], oldRoot, checkpoint.Root))
        {
            return new WitnessAnswer(StatusCodes.Status422UnprocessableEntity, "The consistency proof does not lead from the old root to the new one.\n");
        }

        var line = cosigner.Sign(request.Signed.Note.TextUtf8.Span);
        store.Put(request.Signed);
        return new WitnessAnswer(StatusCodes.Status200OK, $"{line}\n");
    }
}
