using System.ComponentModel.DataAnnotations;

using KpGrpc.Gateway.Downstream.Balancing;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway;

/// <summary>What the Gateway stands in front of, whose keys it keeps, and how long it waits. Section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Gateway";

    /// <summary>
    /// Addresses of InferenceServers' gRPC ports, one or several separated by commas: <c>http://host:port</c>,
    /// <c>https://host:port</c>, and <c>dns:///host:port</c> or <c>dns+https:///host:port</c> for every address behind a
    /// name. Default http://127.0.0.1:5181.
    /// </summary>
    [BackendAddresses(ErrorMessage = "Gateway:InferenceAddress must be addresses of InferenceServers separated by commas, such as http://127.0.0.1:5181 or dns:///inference:5181")]
    public string InferenceAddress { get; set; } = "http://127.0.0.1:5181";

    /// <summary>
    /// Addresses of the LedgerServer's gRPC port, in the same form; several only where they serve the same ledger.
    /// Default http://127.0.0.1:5281.
    /// </summary>
    [BackendAddresses(ErrorMessage = "Gateway:LedgerAddress must be addresses of LedgerServers separated by commas, such as http://127.0.0.1:5281 or dns:///ledger:5281")]
    public string LedgerAddress { get; set; } = "http://127.0.0.1:5281";

    /// <summary>
    /// Lets callers without credentials do everything, for trying things out: it says so in the log at every start, and
    /// stops the start in the Production environment. Default false.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Longest wait for a server behind the Gateway; the caller's own deadline counts where it is nearer. Range 100 ms to 5 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan DownstreamDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a fresh home feed, or search, before a cached or popular one is shown. Range 10 ms to 1 min, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan HomeDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What is kept back of a caller's deadline in a write that moves money, so that the answer UNKNOWN still reaches
    /// her. Range 10 ms to 10 s, default 250 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan AnswerMargin { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest silence on a call that passes through undecoded. Range 1 s to 1 h, default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PassthroughIdleMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// File of the secret under which learner ids become pseudonyms, 32 bytes or more. Whoever loses it loses the link
    /// between learners and their wallets; whoever changes it gives every learner a new, empty wallet. Made at first
    /// start in the Development environment alone. Default <c>data/gateway/pseudonym.key</c>.
    /// </summary>
    [Required(ErrorMessage = "Gateway:PseudonymKeyPath must name a file")]
    public string PseudonymKeyPath { get; set; } = "data/gateway/pseudonym.key";

    /// <summary>Web origins that a browser may call from, such as <c>https://app.example</c>; <c>*</c> means any. Default none.</summary>
    public IList<string> CorsOrigins { get; } = [];
}

/// <summary>Source-generated check of <see cref="GatewayOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;
