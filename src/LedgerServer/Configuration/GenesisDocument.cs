using System.Text.Json.Serialization;

namespace KpGrpc.LedgerServer.Configuration;

/// <summary>
/// The genesis file: JSON, camel case, no unknown members. Its SHA-256 names the ledger for ever, so it is never edited
/// once a data folder was made with it.
/// </summary>
/// <example>
/// <code>
/// {
///   "format": "kpgrpc-genesis-1",
///   "development": true,
///   "networkId": "kp-dev",
///   "ledgerId": "main",
///   "currencies": [{ "code": "CNY", "exponent": 2 }],
///   "organizations": [
///     { "id": "operator", "displayName": "Operator", "roles": ["operator"],
///       "keys": [{ "id": "operator-1", "algorithm": "ed25519", "publicKey": "base64 of 32 bytes" }] }
///   ],
///   "approvalsNeeded": 1,
///   "approvers": ["operator"],
///   "foreignLogs": [{ "ledgerId": "other", "origin": "example.org/kp-dev/other", "verifierKey": "the log's vkey" }]
/// }
/// </code>
/// </example>
/// <remarks>
/// Members with a default have a setter: the generated reader gives one that is only initialised null or 0 where the file
/// leaves it out.
/// </remarks>
internal sealed record GenesisDocument
{
    /// <summary>The one format.</summary>
    public const string FormatName = "kpgrpc-genesis-1";

    /// <summary><see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>True for keys that anybody may hold; the server refuses it in Production. Default false.</summary>
    public bool Development { get; init; }

    /// <summary>Network, an id.</summary>
    public required string NetworkId { get; init; }

    /// <summary>Ledger, an id.</summary>
    public required string LedgerId { get; init; }

    /// <summary>Currencies declared from the start.</summary>
    public IReadOnlyList<GenesisCurrency> Currencies { get; set; } = [];

    /// <summary>First members, 1 or more.</summary>
    public required IReadOnlyList<GenesisOrganization> Organizations { get; init; }

    /// <summary>k: approvals that a change needs. Default 1.</summary>
    public uint ApprovalsNeeded { get; set; } = 1;

    /// <summary>n: organisations that may approve. Empty (default) means all active operators and regulators.</summary>
    public IReadOnlyList<string> Approvers { get; set; } = [];

    /// <summary>Logs of other ledgers whose receipts count here. Empty (default) means none.</summary>
    public IReadOnlyList<GenesisForeignLog> ForeignLogs { get; set; } = [];
}

/// <summary>A currency.</summary>
/// <param name="Code">ISO 4217 alphabetic code.</param>
/// <param name="Exponent">Decimal digits behind the point, 0 to 8.</param>
internal sealed record GenesisCurrency(string Code, uint Exponent);

/// <summary>A member.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DisplayName">Name for people.</param>
/// <param name="Roles"><c>producer</c>, <c>platform</c>, <c>technology</c>, <c>operator</c>, <c>paymentProvider</c>, <c>auditor</c>, <c>regulator</c>.</param>
/// <param name="Keys">Its keys.</param>
internal sealed record GenesisOrganization(string Id, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<GenesisKey> Keys);

/// <summary>A key.</summary>
/// <param name="Id">Its id, unique on the ledger.</param>
/// <param name="Algorithm"><c>ed25519</c> or <c>ecdsa-p256-sha256</c>.</param>
/// <param name="PublicKey">Base64 of the raw public key: 32 bytes (RFC 8032), or 33 of the compressed point (SEC 1).</param>
internal sealed record GenesisKey(string Id, string Algorithm, string PublicKey);

/// <summary>The log of another ledger.</summary>
/// <param name="LedgerId">The other ledger.</param>
/// <param name="Origin">Its checkpoint origin.</param>
/// <param name="VerifierKey">Its C2SP verifier key, as in its <c>log.vkey</c>.</param>
internal sealed record GenesisForeignLog(string LedgerId, string Origin, string VerifierKey);

/// <summary>Source-generated reading and writing of <see cref="GenesisDocument"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(GenesisDocument))]
internal sealed partial class GenesisJson : JsonSerializerContext;
