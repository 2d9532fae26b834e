using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A licence passed.</summary>
/// <param name="LicenceId">The licence.</param>
/// <param name="To">The new holder.</param>
internal sealed record LicenceTransferred(string LicenceId, LicenceHolder To) : Effect;
