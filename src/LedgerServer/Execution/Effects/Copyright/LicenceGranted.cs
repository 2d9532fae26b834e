using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Execution.Effects.Copyright;

/// <summary>A licence was granted; it is active from the receipt's order time.</summary>
/// <param name="Licence">The licence.</param>
internal sealed record LicenceGranted(Licence Licence) : Effect;
