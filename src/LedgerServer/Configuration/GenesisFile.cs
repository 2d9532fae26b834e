using System.Security.Cryptography;
using System.Text.Json;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Configuration;

/// <summary>A genesis file that was read and found usable.</summary>
/// <param name="Genesis">What the ledger starts from.</param>
/// <param name="Hash">SHA-256 of the file's bytes.</param>
/// <param name="Development">Whether it is marked as development.</param>
internal sealed record GenesisFile(Genesis Genesis, Hash256 Hash, bool Development)
{
    /// <summary>What a data folder of this genesis belongs to.</summary>
    public StoreIdentity Identity => new(Genesis.NetworkId, Genesis.LedgerId, Hash);

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">Setting or option that names the file, for messages.</param>
    /// <exception cref="StartupException">Missing, unreadable, not a genesis, or with faults.</exception>
    public static GenesisFile Read(string path, string setting = "Ledger:GenesisPath")
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{setting} {path} cannot be read: {exception.Message} (the verb init-dev makes one for development)", exception);
        }

        var genesis = Parse(path, setting, bytes, out var development);
        var faults = GenesisValidator.Faults(genesis);
        return faults.Count == 0
            ? new GenesisFile(genesis, new Hash256(SHA256.HashData(bytes)), development)
            : throw new StartupException($"{setting} {path} cannot be used: {string.Join(" ", faults)}");
    }

    private static Genesis Parse(string path, string setting, byte[] bytes, out bool development)
    {
        try
        {
            var document = JsonSerializer.Deserialize(bytes, GenesisJson.Default.GenesisDocument)
                ?? throw new FormatException("it is empty");
            if (document.Format != GenesisDocument.FormatName)
            {
                throw new FormatException($"its format is {document.Format}, not {GenesisDocument.FormatName}");
            }

            RequireNoNulls(document);
            development = document.Development;
            return ToGenesis(document);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new StartupException($"{setting} {path} is not a genesis file: {exception.Message}", exception);
        }
    }

    // What "nullable" in the record's types says of its members, the serializer does not check of the items of a list.
    private static void RequireNoNulls(GenesisDocument document)
    {
        IEnumerable<object?> items =
        [
            .. document.Currencies, .. document.Organizations, .. document.Approvers, .. document.ForeignLogs,
            .. document.Organizations.Where(organization => organization is not null).SelectMany(organization => organization.Roles.Concat<object?>(organization.Keys)),
        ];
        if (items.Any(item => item is null))
        {
            throw new FormatException("a list holds null");
        }
    }

    private static Genesis ToGenesis(GenesisDocument document) => new()
    {
        NetworkId = document.NetworkId,
        LedgerId = document.LedgerId,
        Currencies = [.. document.Currencies.Select(currency => new CurrencyDefinition(currency.Code, currency.Exponent))],
        Organizations = [.. document.Organizations.Select(organization => new OrganizationDefinition
        {
            OrganizationId = organization.Id,
            DisplayName = organization.DisplayName,
            Roles = [.. organization.Roles.Select(ToRole)],
            Keys = [.. organization.Keys.Select(ToKey)],
        })],
        ApprovalsNeeded = document.ApprovalsNeeded,
        ApproverOrganizationIds = document.Approvers,
        ForeignLogs = [.. document.ForeignLogs.Select(log => new ForeignLog(log.LedgerId, log.Origin, log.VerifierKey))],
    };

    private static KeyDefinition ToKey(GenesisKey key) => new()
    {
        KeyId = key.Id,
        Algorithm = ToAlgorithm(key),
        PublicKey = Convert.FromBase64String(key.PublicKey),
    };

    private static KeyAlgorithm ToAlgorithm(GenesisKey key) => key.Algorithm switch
    {
        KeyAlgorithmNames.Ed25519 => KeyAlgorithm.Ed25519,
        KeyAlgorithmNames.EcdsaP256 => KeyAlgorithm.EcdsaP256Sha256,
        _ => throw new FormatException($"key {key.Id} has algorithm {key.Algorithm}; use {KeyAlgorithmNames.Ed25519} or {KeyAlgorithmNames.EcdsaP256}"),
    };

    private static Role ToRole(string name) => name switch
    {
        "producer" => Role.Producer,
        "platform" => Role.Platform,
        "technology" => Role.Technology,
        "operator" => Role.Operator,
        "paymentProvider" => Role.PaymentProvider,
        "auditor" => Role.Auditor,
        "regulator" => Role.Regulator,
        _ => throw new FormatException($"{name} is not a role: use producer, platform, technology, operator, paymentProvider, auditor or regulator"),
    };
}
