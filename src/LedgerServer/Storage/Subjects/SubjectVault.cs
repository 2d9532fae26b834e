using System.Security.Cryptography;
using System.Text;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Sharing;

namespace KpGrpc.LedgerServer.Storage.Subjects;

/// <summary>
/// Personal data outside the log: AES-256-GCM under the subject's key, bound to subject and id. It becomes durable with
/// the command that commits to it, in the same synced write; erasing deletes it with the erasing command and then
/// destroys the key. A crash between the two is mended at the next start, from the state.
/// </summary>
internal sealed class SubjectVault(SubjectKeys keys) : IDisposable
{
    /// <summary>Length of a commitment's salt in bytes.</summary>
    public const int SaltBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly HashSet<string> erased = new(StringComparer.Ordinal);

    /// <summary>Encrypts data for storage.</summary>
    /// <param name="pseudonym">The subject.</param>
    /// <param name="dataId">Id of the data.</param>
    /// <param name="salt">Salt of the commitment, 32 bytes.</param>
    /// <param name="content">The data.</param>
    public byte[] Seal(string pseudonym, string dataId, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> content)
    {
        var sealedData = new byte[NonceBytes + salt.Length + content.Length + TagBytes];
        var nonce = sealedData.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        byte[] plain = [.. salt, .. content];
        using var cipher = new AesGcm(keys.FindOrMake(pseudonym), TagBytes);
        cipher.Encrypt(nonce, plain, sealedData.AsSpan(NonceBytes, plain.Length), sealedData.AsSpan(NonceBytes + plain.Length), Binding(pseudonym, dataId));
        CryptographicOperations.ZeroMemory(plain);
        return sealedData;
    }

    /// <summary>Decrypts data; null where the subject's key is gone.</summary>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public (byte[] Salt, byte[] Content)? Open(string pseudonym, string dataId, ReadOnlySpan<byte> sealedData)
    {
        if (keys.Find(pseudonym) is not { } key)
        {
            return null;
        }

        if (sealedData.Length < NonceBytes + SaltBytes + TagBytes)
        {
            throw new InvalidDataException("stored personal data is too short");
        }

        var plain = new byte[sealedData.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(sealedData[..NonceBytes], sealedData[NonceBytes..^TagBytes], sealedData[^TagBytes..], plain, Binding(pseudonym, dataId));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidDataException("stored personal data does not verify under its subject's key", exception);
        }

        return (plain[..SaltBytes], plain[SaltBytes..]);
    }

    /// <summary>Adds what an executed command means for stored data to its commit. On the engine's thread.</summary>
    /// <param name="receipt">The command's receipt.</param>
    /// <param name="sealedData">Data that came with it; null for none.</param>
    /// <param name="batch">The commit.</param>
    public void Stage(Receipt receipt, byte[]? sealedData, CommitBatch batch)
    {
        foreach (var effect in receipt.Effects)
        {
            if (effect is SubjectDataCommitted data && sealedData is not null)
            {
                batch.AddSubjectData(data.SubjectPseudonym, data.DataId, sealedData);
            }
            else if (effect is Erased subject)
            {
                batch.DeleteSubjectData(subject.SubjectPseudonym);
                erased.Add(subject.SubjectPseudonym);
            }
        }
    }

    /// <summary>Destroys the keys of the subjects whose erasure is durable now. On the engine's thread.</summary>
    public void Finish()
    {
        if (erased.Count > 0)
        {
            keys.Destroy(erased);
            erased.Clear();
        }
    }

    /// <summary>Destroys the keys of subjects that were erased before, which a crash may have left.</summary>
    public void Mend(LedgerState state) =>
        keys.Destroy([.. state.Subjects.All.Where(subject => subject.ErasedAtSequence is not null).Select(subject => subject.Pseudonym)]);

    public void Dispose() => keys.Dispose();

    // The zero byte cannot stand in either, so no two pairs share a binding.
    private static byte[] Binding(string pseudonym, string dataId) => Encoding.UTF8.GetBytes($"{pseudonym}\0{dataId}");
}
