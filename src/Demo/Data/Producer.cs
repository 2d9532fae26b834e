namespace KpGrpc.Demo.Data;

/// <summary>Who made works: the content party C of each sale.</summary>
/// <param name="ProducerId">Identifier, the organisation id on the ledger.</param>
/// <param name="Names">Names by BCP 47 tag, at least one.</param>
internal sealed record Producer(string ProducerId, SortedDictionary<string, string> Names)
{
    /// <summary>The name that the ledger knows: the English one where there is one, otherwise the first.</summary>
    public string DisplayName() => Names.TryGetValue("en", out var name) ? name : Names.First().Value;
}
