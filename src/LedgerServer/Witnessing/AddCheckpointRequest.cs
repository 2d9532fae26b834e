using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

using KpGrpc.MerkleLog.Checkpoints;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>
/// Body of <c>add-checkpoint</c> (c2sp.org/tlog-witness): <c>old SIZE</c>, consistency proof lines in base64, an empty
/// line, the signed checkpoint.
/// </summary>
/// <param name="OldSize">Size that the caller believes to have been cosigned last.</param>
/// <param name="Proof">Consistency proof from there, 0 to 63 hashes.</param>
/// <param name="Signed">The new checkpoint.</param>
internal sealed record AddCheckpointRequest(ulong OldSize, IReadOnlyList<Hash256> Proof, SignedCheckpoint Signed)
{
    /// <summary>Most bytes of a body.</summary>
    public const int BytesMax = 128 * 1_024;

    private const string OldPrefix = "old ";
    private const int ProofHashesMax = 63;

    /// <summary>Reads a body.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out AddCheckpointRequest? request, [NotNullWhen(false)] out string? fault)
    {
        request = null;
        var end = body.IndexOf("\n\n"u8);
        if (end < 0)
        {
            fault = "The body has no empty line before the checkpoint.";
            return false;
        }

        var lines = Encoding.UTF8.GetString(body[..end]).Split('\n');
        if (!TryParseOld(lines[0], out var old) || !TryParseProof(lines.AsSpan(1), out var proof))
        {
            fault = $"The body begins with 'old SIZE' and at most {ProofHashesMax} hashes in base64, one a line.";
            return false;
        }

        if (!SignedCheckpoint.TryParse(body[(end + 2)..], out var signed, out fault))
        {
            return false;
        }

        request = new AddCheckpointRequest(old, proof, signed);
        return true;
    }

    /// <summary>The body's text.</summary>
    public override string ToString() =>
        $"{OldPrefix}{OldSize.ToString(CultureInfo.InvariantCulture)}\n{string.Concat(Proof.Select(hash => Convert.ToBase64String(hash.AsSpan()) + "\n"))}\n{Signed}";

    private static bool TryParseOld(string line, out ulong size)
    {
        size = 0;
        return line.StartsWith(OldPrefix, StringComparison.Ordinal)
            && ulong.TryParse(line.AsSpan(OldPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out size)
            && line.Length == OldPrefix.Length + size.ToString(CultureInfo.InvariantCulture).Length;
    }

    private static bool TryParseProof(ReadOnlySpan<string> lines, out List<Hash256> proof)
    {
        proof = [];
        foreach (var line in lines)
        {
            var hash = new byte[Hash256.Size];
            if (proof.Count == ProofHashesMax
                || !Base64.IsValid(line)
                || !Convert.TryFromBase64String(line, hash, out var written)
                || written != Hash256.Size)
            {
                return false;
            }

            proof.Add(new Hash256(hash));
        }

        return true;
    }
}
