using System.ComponentModel.DataAnnotations;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Services.Purchases;

/// <summary>In whose name the Gateway writes to the ledger. Section <c>Gateway</c>, beside <see cref="GatewayOptions"/>.</summary>
public sealed class LedgerOptions
{
    /// <summary>Network that commands are for, an id. Default <c>kp-dev</c>; must equal the LedgerServer's.</summary>
    [RegularExpression("[A-Za-z0-9._:/-]{1,128}", ErrorMessage = "Gateway:NetworkId must be 1 to 128 characters of A-Z a-z 0-9 . _ : / -")]
    [Required(ErrorMessage = "Gateway:NetworkId must be set")]
    public string NetworkId { get; set; } = "kp-dev";

    /// <summary>Ledger that learners' money stands on, an id. Default <c>main</c>.</summary>
    [RegularExpression("[A-Za-z0-9._:/-]{1,128}", ErrorMessage = "Gateway:LedgerId must be 1 to 128 characters of A-Z a-z 0-9 . _ : / -")]
    [Required(ErrorMessage = "Gateway:LedgerId must be set")]
    public string LedgerId { get; set; } = "main";

    /// <summary>Organisation that sells, an id with the platform role. Default <c>platform</c>.</summary>
    [RegularExpression("[A-Za-z0-9._:/-]{1,128}", ErrorMessage = "Gateway:PlatformOrganizationId must be 1 to 128 characters of A-Z a-z 0-9 . _ : / -")]
    [Required(ErrorMessage = "Gateway:PlatformOrganizationId must be set")]
    public string PlatformOrganizationId { get; set; } = "platform";

    /// <summary>File of the platform's Ed25519 key. Default empty: purchases are refused with a clear reason.</summary>
    public string PlatformKeyPath { get; set; } = string.Empty;

    /// <summary>Organisation of the development payment provider, an id. Default <c>payment-provider</c>.</summary>
    [RegularExpression("[A-Za-z0-9._:/-]{1,128}", ErrorMessage = "Gateway:ProviderOrganizationId must be 1 to 128 characters of A-Z a-z 0-9 . _ : / -")]
    [Required(ErrorMessage = "Gateway:ProviderOrganizationId must be set")]
    public string ProviderOrganizationId { get; set; } = "payment-provider";

    /// <summary>File of the development provider's Ed25519 key. Default empty: top-ups are refused with a clear reason.</summary>
    public string ProviderKeyPath { get; set; } = string.Empty;

    /// <summary>
    /// Clearing account that the development provider debits; <c>{currency}</c> stands for the ISO 4217 code. Default
    /// <c>payment-provider/clearing/{currency}</c>.
    /// </summary>
    [RegularExpression("[A-Za-z0-9._:/{}-]{1,120}", ErrorMessage = "Gateway:ProviderClearingAccount must be an account id; {currency} stands for the currency's code")]
    [Required(ErrorMessage = "Gateway:ProviderClearingAccount must be set")]
    public string ProviderClearingAccount { get; set; } = "payment-provider/clearing/{currency}";

    /// <summary>
    /// Most that one TopUp may pay in, in minor units of its currency. Range 1 to 2^53-1, default 10,000,000 (100,000.00
    /// where the exponent is 2). Without a bound one caller could fill the clearing account that all learners share.
    /// </summary>
    [Range(1L, 9_007_199_254_740_991L)]
    public long TopUpMinorUnitsMax { get; set; } = 10_000_000;

    /// <summary>How long a command that the Gateway signed may still be ordered. Range 10 s to 23 h, default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "23:00:00")]
    public TimeSpan CommandValidity { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest first try to record a purchase as an event, before it goes on in the background. Range 10 ms to 10 s, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan EventDeadline { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Purchase events that wait to be recorded. Range 1 to 1,000,000, default 10,000. Further ones are counted and dropped; the ledger has them.</summary>
    [Range(1, 1_000_000)]
    public int EventQueueMax { get; set; } = 10_000;

    /// <summary>Tries to record one event before it is dropped. Range 1 to 1,000, default 20, with waits that double from 200 ms to 30 s.</summary>
    [Range(1, 1_000)]
    public int EventTriesMax { get; set; } = 20;
}

/// <summary>Source-generated check of <see cref="LedgerOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class LedgerOptionsValidator : IValidateOptions<LedgerOptions>;
