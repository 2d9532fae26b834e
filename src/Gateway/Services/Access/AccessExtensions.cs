using KpGrpc.Gateway.Auditing;
using KpGrpc.Gateway.Limits;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>Adds what bounds callers, and what keeps their writes.</summary>
internal static class AccessExtensions
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LimitOptions, LimitOptionsValidator>().BindConfiguration(LimitOptions.SectionName);
        return services.AddSingleton<SharedSeconds>().AddSingleton<CallLimits>();
    }

    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AuditOptions, AuditOptionsValidator>().BindConfiguration(AuditOptions.SectionName);
        services.AddGrpc(grpc => grpc.Interceptors.Add<AuditInterceptor>());
        return services.AddSingleton<AuditLog>().AddHostedService(provider => provider.GetRequiredService<AuditLog>());
    }

    /// <summary>Puts both behind the door, which says who calls.</summary>
    public static void UseLimitsAndAudit(this WebApplication app)
    {
        app.Services.GetRequiredService<AuditLog>(); // a file that cannot be written stops the start
        app.UseMiddleware<LimitsMiddleware>();
        app.UseMiddleware<AuditMiddleware>();
    }
}
