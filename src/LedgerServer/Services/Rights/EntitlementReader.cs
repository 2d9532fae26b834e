using Grpc.Core;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.ServiceDefaults.Validation;

using CopyrightProto = KpGrpc.Protos.Copyright.V1;

namespace KpGrpc.LedgerServer.Services.Rights;

/// <summary>Whether a holder may use a work, with the proof of the receipt that granted it.</summary>
internal sealed class EntitlementReader(LedgerAccess access)
{
    public async Task<CopyrightProto.CheckEntitlementResponse> CheckAsync(CopyrightProto.CheckEntitlementRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("work_id", request.WorkId);
        var holder = CopyrightWire.Holder(faults, "holder", request.Holder);
        var at = WireValues.Micros(faults, "at", request.At);
        faults.Require(request.Territory.Length is 0 or 2, "territory", "must be an ISO 3166-1 alpha-2 code or empty");
        faults.ThrowIfAny();
        var use = request.Use == CopyrightProto.LicenceUse.Unspecified ? LicenceUse.Personal : (LicenceUse)request.Use;

        var (response, sequence) = await access.ReadAsync(request.LedgerId, state => Check(state, request, holder!, use, at), context);
        if (request.IncludeProof && sequence is { } granted)
        {
            var ledger = access.Find(request.LedgerId);
            response.GrantProof = ReceiptProofs.Find(ledger, granted, ledger.Head.Newest);
        }

        return response;
    }

    private static (CopyrightProto.CheckEntitlementResponse Response, ulong? GrantedAt) Check(
        LedgerState state, CopyrightProto.CheckEntitlementRequest request, LicenceHolder holder, LicenceUse use, long? at)
    {
        if (state.Works.Find(request.WorkId) is null)
        {
            throw CopyrightService.NoWork(request.WorkId);
        }

        var time = at ?? state.LastOrderedAtMicros ?? 0;
        var licence = state.Licences.PositionsHeldBy(holder)
            .Select(position => state.Licences.All[position])
            .Where(licence => licence.WorkId == request.WorkId && Covers(licence, use, request.Territory, time))
            .OrderByDescending(licence => licence.ValidUntilMicros ?? long.MaxValue)
            .ThenBy(licence => licence.LicenceId, StringComparer.Ordinal)
            .FirstOrDefault();
        var response = new CopyrightProto.CheckEntitlementResponse { Entitled = licence is not null, AsOfSequence = LedgerAccess.AsOf(state) };
        if (licence is not null)
        {
            response.Licence = CopyrightWire.ToProto(licence, time);
        }

        return (response, licence?.HeldSinceSequence);
    }

    private static bool Covers(Licence licence, LicenceUse use, string territory, long time) =>
        licence.Terms.Use == use
        && licence.ValidFromMicros <= time
        && licence.StatusAt(time) == LicenceStatus.Active
        && (licence.Terms.Territories.Count == 0 || (territory.Length > 0 && licence.Terms.Territories.Contains(territory)));
}
