using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;

namespace KpGrpc.LedgerServer.Execution.Licences;

/// <summary>Ends a licence at a command's place in the order and records it.</summary>
internal static class LicenceRevocation
{
    /// <param name="licence">The licence; not revoked yet.</param>
    /// <param name="context">The command, all of whose checks have passed.</param>
    public static void Revoke(Licence licence, CommandContext context)
    {
        context.State.Licences.Update(
            licence with { RevokedAtSequence = context.Sequence, RevokedAtMicros = context.OrderedAtMicros },
            context.OrderedAtMicros);
        context.Record(new LicenceRevoked(licence.LicenceId, licence.WorkId));
    }
}
