using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using KpGrpc.MerkleLog.Text;

namespace KpGrpc.MerkleLog.Notes;

/// <summary>
/// One signature line of a note, <c>— &lt;name&gt; base64(key id || signature)</c> (c2sp.org/signed-note, section
/// "Format"). It is a claim until a <see cref="NoteVerifier"/> has checked it. Immutable.
/// </summary>
public sealed class NoteSignature
{
    private const string Prefix = "— ";
    private const int KeyIdSize = 4;
    private readonly byte[] _signature;

    /// <summary>Makes a signature line.</summary>
    /// <param name="name">Name of the key: not empty, no spaces, no plus sign.</param>
    /// <param name="keyId">Identifier of the key, see <see cref="NoteVerifier.KeyId"/>.</param>
    /// <param name="signature">What the algorithm gave, without the key id; at least one byte.</param>
    /// <exception cref="ArgumentException">The name breaks the rule, or the signature is empty.</exception>
    public NoteSignature(string name, uint keyId, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!NoteText.IsKeyName(name))
        {
            throw new ArgumentException("A key name is not empty and has no spaces, plus signs or control characters.", nameof(name));
        }

        if (signature.IsEmpty)
        {
            throw new ArgumentException("A signature is not empty.", nameof(signature));
        }

        Name = name;
        KeyId = keyId;
        _signature = signature.ToArray();
    }

    /// <summary>Name of the key that is said to have signed.</summary>
    public string Name { get; }

    /// <summary>Identifier of the key that is said to have signed.</summary>
    public uint KeyId { get; }

    /// <summary>The signature's bytes after the key id; their meaning depends on the key's type.</summary>
    public ReadOnlyMemory<byte> Signature => _signature;

    /// <summary>The line as it stands in a note, without its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[KeyIdSize + _signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        _signature.CopyTo(bytes, KeyIdSize);
        return $"{Prefix}{Name} {Convert.ToBase64String(bytes)}";
    }

    /// <summary>Reads a line without its newline.</summary>
    /// <returns>False if the line has another form.</returns>
    public static bool TryParse(ReadOnlySpan<char> line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        line = line[Prefix.Length..];
        var space = line.IndexOf(' ');
        if (space < 0)
        {
            return false;
        }

        var name = line[..space].ToString();
        if (!NoteText.IsKeyName(name)
            || !StrictBase64.TryDecode(line[(space + 1)..], out var bytes)
            || bytes.Length <= KeyIdSize)
        {
            return false;
        }

        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsSpan(KeyIdSize));
        return true;
    }
}
