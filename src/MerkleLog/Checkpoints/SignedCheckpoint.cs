using System.Diagnostics.CodeAnalysis;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.MerkleLog.Checkpoints;

/// <summary>
/// A checkpoint and the note that carries it, with the log's and the witnesses' signatures (c2sp.org/tlog-checkpoint).
/// Reading one does not check any signature. Immutable.
/// </summary>
public sealed class SignedCheckpoint
{
    private SignedCheckpoint(Checkpoint checkpoint, SignedNote note)
    {
        Checkpoint = checkpoint;
        Note = note;
    }

    /// <summary>What is stated.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The note: the text of <see cref="Checkpoint"/> and its signatures.</summary>
    public SignedNote Note { get; }

    /// <summary>
    /// Signs a checkpoint as the log. A log must never sign two checkpoints that are not consistent: store the nodes
    /// first, then sign.
    /// </summary>
    /// <param name="checkpoint">What to state.</param>
    /// <param name="log">The log's key; its name should be the origin.</param>
    public static SignedCheckpoint Sign(Checkpoint checkpoint, NoteSigner log)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(log);
        return new SignedCheckpoint(checkpoint, log.Sign(checkpoint.ToString()));
    }

    /// <summary>The same checkpoint with one more signature, such as a witness's.</summary>
    /// <exception cref="ArgumentException">The note would exceed a limit of <see cref="NoteLimits"/>.</exception>
    public SignedCheckpoint With(NoteSignature signature) => new(Checkpoint, Note.With(signature));

    /// <summary>The wire form, UTF-8: what is served at <c>&lt;prefix&gt;/checkpoint</c>.</summary>
    public byte[] ToBytes() => Note.ToBytes();

    /// <summary>The wire form.</summary>
    public override string ToString() => Note.ToString();

    /// <summary>Reads the wire form; <see cref="ToBytes"/> of the result gives the same bytes.</summary>
    /// <param name="utf8">The whole note and nothing else.</param>
    /// <param name="checkpoint">The checkpoint, if it is well formed.</param>
    /// <param name="fault">What is wrong with it, if it is not.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out SignedCheckpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        if (!SignedNote.TryParse(utf8, out var note, out fault) || !Checkpoint.TryParse(note.Text, out var stated, out fault))
        {
            return false;
        }

        checkpoint = new SignedCheckpoint(stated, note);
        return true;
    }
}
