using System.Globalization;
using System.Text.Json;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Node;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Configuration;

/// <summary>
/// A network for development: one organisation a role and the named producers, each with one key, all in files that
/// anybody with the folder can use. Marked, so that a server in Production refuses them.
/// </summary>
internal static class DevelopmentNetwork
{
    private static readonly (string Id, string Name, string Role)[] Standing =
    [
        ("platform", "Development platform", "platform"),
        ("technology", "Development technology provider", "technology"),
        ("operator", "Development operator", "operator"),
        ("payment-provider", "Development payment provider", "paymentProvider"),
    ];

    /// <summary>Makes the files: <c>genesis.json</c>, <c>log.key</c>, <c>log.vkey</c> and <c>keys/&lt;organisation&gt;.key</c>.</summary>
    /// <param name="directory">Folder; made where it is missing.</param>
    /// <param name="networkId">Network.</param>
    /// <param name="ledgerId">Ledger.</param>
    /// <param name="producers">Ids of the producers.</param>
    /// <param name="currencies">Currencies declared from the start.</param>
    /// <returns>The folder's full path.</returns>
    /// <exception cref="FormatException">An id is malformed or occurs twice.</exception>
    /// <exception cref="IOException">A file exists or cannot be written.</exception>
    public static string Create(
        string directory, string networkId, string ledgerId, IReadOnlyList<string> producers, IReadOnlyList<GenesisCurrency> currencies)
    {
        var folder = Path.GetFullPath(directory);
        var genesisPath = Path.Combine(folder, "genesis.json");
        if (File.Exists(genesisPath))
        {
            throw new IOException($"{genesisPath} exists; remove the folder or name another");
        }

        (string Id, string Name, string Role)[] members = [.. Standing, .. producers.Select(id => (id, $"Producer {id}", "producer"))];
        CheckIds([networkId, ledgerId, .. members.Select(member => member.Id)], members.Select(member => member.Id));
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        var document = new GenesisDocument
        {
            Format = GenesisDocument.FormatName,
            Development = true,
            NetworkId = networkId,
            LedgerId = ledgerId,
            Currencies = currencies,
            Organizations = [.. members.Select(member => Member(folder, member.Id, member.Name, member.Role))],
            Approvers = ["operator"],
        };
        var origin = LedgerParts.DefaultOrigin(networkId, ledgerId);
        var logKeyPath = Path.Combine(folder, "log.key");
        LogKeyFile.CreateForDevelopment(logKeyPath, origin);
        using (var signer = LogKeyFile.Read(logKeyPath, origin, production: false))
        {
            File.WriteAllText(Path.Combine(folder, "log.vkey"), $"{signer.Verifier}\n");
        }

        // Last, because its presence says that the network is whole.
        File.WriteAllBytes(genesisPath, [.. JsonSerializer.SerializeToUtf8Bytes(document, GenesisJson.Default.GenesisDocument), (byte)'\n']);
        return folder;
    }

    /// <summary>Reads <c>CODE:exponent</c>.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static GenesisCurrency ParseCurrency(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2 && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var exponent)
            ? new GenesisCurrency(parts[0], exponent)
            : throw new FormatException($"{text} is not a currency of the form CODE:exponent, such as CNY:2");
    }

    private static GenesisOrganization Member(string folder, string id, string name, string role)
    {
        using var key = SigningKey.Generate(id, $"{id}-1");
        SigningKeyFile.Write(Path.Combine(folder, "keys", $"{id}.key"), key, development: true);
        return new GenesisOrganization(id, name, [role], [new GenesisKey(key.KeyId, KeyAlgorithmNames.Ed25519, Convert.ToBase64String(key.ExportPublicKey()))]);
    }

    private static void CheckIds(IEnumerable<string> all, IEnumerable<string> members)
    {
        foreach (var id in all)
        {
            // A slash would name a file in another folder.
            if (!FieldRules.IsId(id) || id.Contains('/', StringComparison.Ordinal) || id.StartsWith('.'))
            {
                throw new FormatException($"'{id}' is not an id for a development network: use letters, digits and . _ : -");
            }
        }

        if (members.GroupBy(id => id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new FormatException($"{twice.Key} is named twice");
        }
    }
}
