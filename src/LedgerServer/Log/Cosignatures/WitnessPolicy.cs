using KpGrpc.LedgerServer.Configuration;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Log.Cosignatures;

/// <summary>Which witnesses' cosignatures count, and how many certify a checkpoint.</summary>
/// <param name="Witnesses">Public keys of the witnesses, type 0x04.</param>
/// <param name="Needed">How many of them certify; 0 where nothing is ever certified.</param>
internal sealed record WitnessPolicy(IReadOnlyList<NoteVerifier> Witnesses, int Needed)
{
    /// <summary>Most witnesses: the cosigned checkpoint stays below a note's greatest length.</summary>
    public const int WitnessesMax = 64;

    /// <summary>Nobody counts.</summary>
    public static WitnessPolicy None { get; } = new([], 0);

    /// <summary>Reads a policy from settings.</summary>
    /// <param name="verifierKeys">C2SP verifier keys.</param>
    /// <param name="needed">How many certify.</param>
    /// <param name="section">Section of the settings, for messages.</param>
    /// <exception cref="StartupException">A key is malformed or of another type, there are too many, or more are needed than there are.</exception>
    public static WitnessPolicy Read(IList<string> verifierKeys, int needed, string section = LedgerOptions.SectionName)
    {
        if (verifierKeys.Count > WitnessesMax)
        {
            throw new StartupException($"{section}:Witnesses has {verifierKeys.Count} entries; at most {WitnessesMax} are allowed");
        }

        if (needed > verifierKeys.Count)
        {
            throw new StartupException($"{section}:WitnessesNeeded is {needed}, but {section}:Witnesses names {verifierKeys.Count}");
        }

        return new WitnessPolicy([.. verifierKeys.Select((text, index) => Parse(text, $"{section}:Witnesses:{index}"))], needed);
    }

    /// <summary>Checks the prefixes of witnesses' URLs.</summary>
    /// <param name="urls">The prefixes.</param>
    /// <param name="section">Section of the settings, for messages.</param>
    /// <exception cref="StartupException">One is not an absolute http or https URL.</exception>
    public static void CheckUrls(IList<string> urls, string section = LedgerOptions.SectionName)
    {
        for (var i = 0; i < urls.Count; i++)
        {
            if (!Uri.TryCreate(urls[i], UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            {
                throw new StartupException($"{section}:WitnessUrls:{i} must be an absolute http or https URL, such as https://witness.example.org/witness");
            }
        }
    }

    /// <summary>Whether enough witnesses are among the cosignatures, which were verified before.</summary>
    public bool IsMet(IReadOnlyList<NoteSignature> cosignatures) =>
        Needed > 0 && Witnesses.Count(witness => cosignatures.Any(line => line.KeyId == witness.KeyId && line.Name == witness.Name)) >= Needed;

    private static NoteVerifier Parse(string text, string setting)
    {
        if (!NoteVerifier.TryParse(text, out var verifier, out var fault))
        {
            throw new StartupException($"{setting} is not a C2SP verifier key: {fault}");
        }

        return verifier.Type == NoteSignatureType.CosignatureV1
            ? verifier
            : throw new StartupException($"{setting} is the key of a log; a witness's key has type 0x04 (C2SP tlog-cosignature)");
    }
}
