"""Who can sign: a port and its backends. The sample CA is built in; BSrE, HSM and others plug in behind the same port."""
