using System.Globalization;
using System.Text;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Periods.Statements;

/// <summary>An organisation's totals of a closed period in one currency; never changes.</summary>
/// <param name="Key">Whose, in which currency.</param>
/// <param name="Exponent">Decimal digits behind the point.</param>
/// <param name="Opening">Credits less debits posted before the period.</param>
/// <param name="Lines">Sums of the debit and of the credit lines of the period.</param>
internal sealed record FinalStatement(StatementKey Key, uint Exponent, Int128 Opening, StatementSums Lines)
{
    /// <summary>Opening and credits less debits.</summary>
    public Int128 Closing => Opening + Lines.Balance;

    /// <summary>
    /// The leaf that the closing receipt's root covers, as <c>kp.payment.v1.StatementProof.leaf</c> states it: nine lines of
    /// UTF-8 text, each ended by a line feed. Sums are exact decimals, since several accounts may hold more than one Money.
    /// </summary>
    /// <param name="periodId">The period.</param>
    public byte[] Encode(string periodId) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"kp-statement/v1\n{periodId}\n{Key.OrganizationId}\n{Key.CurrencyCode}\n{Exponent}\n{Opening}\n{Lines.Debits}\n{Lines.Credits}\n{Closing}\n"));

    /// <summary>RFC 6962 hash of the leaf.</summary>
    public Hash256 LeafHash(string periodId) => MerkleHasher.HashLeaf(Encode(periodId));
}
