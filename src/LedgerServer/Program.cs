using KpGrpc.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("kp-ledger", 5281, 5280);
await builder.Build().RunAsync();
