namespace KpGrpc.LedgerServer.Execution.Periods.Statements;

/// <summary>What a statement is about: an organisation's accounts of one currency.</summary>
/// <param name="OrganizationId">The organisation.</param>
/// <param name="CurrencyCode">ISO 4217 code.</param>
internal readonly record struct StatementKey(string OrganizationId, string CurrencyCode) : IComparable<StatementKey>
{
    /// <summary>Orders by organisation, then currency, both by the bytes of their text.</summary>
    public int CompareTo(StatementKey other)
    {
        var byOrganization = string.CompareOrdinal(OrganizationId, other.OrganizationId);
        return byOrganization != 0 ? byOrganization : string.CompareOrdinal(CurrencyCode, other.CurrencyCode);
    }
}
