using System.Diagnostics.CodeAnalysis;
using KpGrpc.MerkleLog.Notes;

namespace KpGrpc.MerkleLog.Verification;

/// <summary>
/// Whom a verifier believes: one log and, against a log that shows different people different trees, k of n witnesses
/// (c2sp.org/tlog-cosignature). Immutable.
/// </summary>
public sealed class TrustPolicy
{
    private TrustPolicy(NoteVerifier log, string origin, IReadOnlyList<NoteVerifier> witnesses, int quorum)
    {
        Log = log;
        Origin = origin;
        Witnesses = witnesses;
        Quorum = quorum;
    }

    /// <summary>Key of the log, type 0x01.</summary>
    public NoteVerifier Log { get; }

    /// <summary>Origin that checkpoints must state.</summary>
    public string Origin { get; }

    /// <summary>Keys of the witnesses, type 0x04, all different.</summary>
    public IReadOnlyList<NoteVerifier> Witnesses { get; }

    /// <summary>How many of the witnesses must have cosigned: 0 to their number.</summary>
    public int Quorum { get; }

    /// <summary>Makes a policy from vkeys.</summary>
    /// <param name="logVkey">The log's key, type 0x01.</param>
    /// <param name="witnessVkeys">The witnesses' keys, type 0x04; none may occur twice or be the log's.</param>
    /// <param name="quorum">How many witnesses must have cosigned, 0 to their number.</param>
    /// <param name="origin">Origin that checkpoints must state; null for the name of the log's key.</param>
    /// <param name="policy">The policy, if all of that holds.</param>
    /// <param name="fault">What is wrong, if it does not.</param>
    public static bool TryCreate(
        string? logVkey,
        IReadOnlyList<string>? witnessVkeys,
        int quorum,
        string? origin,
        [NotNullWhen(true)] out TrustPolicy? policy,
        [NotNullWhen(false)] out string? fault)
    {
        policy = null;
        if (!TryParseKey(logVkey, NoteSignatureType.Ed25519, "log", out var log, out fault))
        {
            return false;
        }

        var witnesses = new List<NoteVerifier>();
        foreach (var vkey in witnessVkeys ?? [])
        {
            if (!TryParseKey(vkey, NoteSignatureType.CosignatureV1, "witness", out var witness, out fault))
            {
                return false;
            }

            // One party under two names must not count twice.
            if (witnesses.Append(log).Any(known => known.PublicKeyBytes.Span.SequenceEqual(witness.PublicKeyBytes.Span)))
            {
                fault = $"The key of the witness {witness.Name} is trusted twice.";
                return false;
            }

            witnesses.Add(witness);
        }

        if (quorum < 0 || quorum > witnesses.Count)
        {
            fault = $"A quorum of {quorum} cannot be had from {witnesses.Count} witnesses.";
            return false;
        }

        policy = new TrustPolicy(log, origin ?? log.Name, witnesses, quorum);
        fault = null;
        return true;
    }

    private static bool TryParseKey(
        string? vkey,
        NoteSignatureType type,
        string role,
        [NotNullWhen(true)] out NoteVerifier? key,
        [NotNullWhen(false)] out string? fault)
    {
        if (!NoteVerifier.TryParse(vkey, out key, out fault))
        {
            fault = $"The {role}'s key is not usable: {fault}";
            return false;
        }

        if (key.Type != type)
        {
            fault = $"The {role}'s key has type 0x{(byte)key.Type:x2}, and must have type 0x{(byte)type:x2}.";
            return false;
        }

        return true;
    }
}
