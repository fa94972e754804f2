wrk.method = "POST"
wrk.path = "/v1/auth/login"
wrk.body = os.getenv("LOGIN")
wrk.headers["Content-Type"] = "application/json"
