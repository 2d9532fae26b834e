using Grpc.Core;

using KpGrpc.LedgerServer.Wire.Payments;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Services;

/// <summary>Questions about pools and settlement periods.</summary>
internal static class PoolQueries
{
    public static Task<PaymentProto.GetPoolResponse> GetPool(LedgerAccess access, PaymentProto.GetPoolRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        faults.RequireId("pool_id", request.PoolId);
        if (request.PeriodId.Length > 0)
        {
            faults.RequireId("period_id", request.PeriodId);
        }

        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var pool = state.Pools.Find(request.PoolId)
                ?? throw RichErrors.NotFound("pool", request.PoolId, $"there is no pool {request.PoolId}");
            var response = new PaymentProto.GetPoolResponse { Pool = PoolWire.ToProto(pool), AsOfSequence = LedgerAccess.AsOf(state) };
            if (request.PeriodId.Length > 0)
            {
                var period = state.Periods.Find(request.PeriodId)
                    ?? throw RichErrors.NotFound("settlement_period", request.PeriodId, $"there is no settlement period {request.PeriodId}");
                response.Holding = period.IsOpen ? PoolWire.ToProto(pool, period.PeriodId, state.Pools.Find(pool.PoolId, period.PeriodId)) : null;
            }

            return response;
        }, context);
    }

    public static Task<PaymentProto.ListSettlementPeriodsResponse> ListPeriods(
        LedgerAccess access, PaymentProto.ListSettlementPeriodsRequest request, ServerCallContext context)
    {
        var faults = new FieldViolations();
        var page = Paging.Read(faults, request.PageSize, request.PageToken, nameof(ListPeriods));
        faults.ThrowIfAny();
        return access.ReadAsync(request.LedgerId, state =>
        {
            var (rows, next) = page.Take(state.Periods.All, _ => true);
            var response = new PaymentProto.ListSettlementPeriodsResponse { NextPageToken = next };
            response.Periods.AddRange(rows.Select(PeriodWire.ToProto));
            return response;
        }, context);
    }
}
